using FastCache.Table;
using Xunit;

namespace FastCache.Tests.Unit.Table;

public class KeyProbeTests
{
    [Fact]
    public void Without_a_comparer_keys_match_by_their_own_equality()
    {
        Assert.True(new KeyProbe<long>(5, null).Matches(5));
        Assert.False(new KeyProbe<long>(5, null).Matches(6));
        Assert.True(new KeyProbe<(int, string)>((1, "a"), null).Matches((1, "a")));
        Assert.False(new KeyProbe<(int, string)>((1, "a"), null).Matches((1, "A")));
        Assert.True(new KeyProbe<string>("text", null).Matches(new string("text".ToCharArray())));
        Assert.False(new KeyProbe<string>("text", null).Matches("Text"));
    }

    [Fact]
    public void A_string_probe_bears_the_null_of_a_cleared_slot()
        => Assert.False(new KeyProbe<string>("text", null).Matches(null!));

    [Fact]
    public void A_comparer_decides_if_there_is_one()
    {
        var probe = new KeyProbe<string>("text", StringComparer.OrdinalIgnoreCase);

        Assert.True(probe.Matches("TEXT"));
        Assert.False(probe.Matches("texts"));
    }

    [Fact]
    public void A_span_matches_the_string_of_its_characters()
    {
        Assert.True(new SpanProbe<string>("a long text".AsSpan(2, 4)).Matches("long"));
        Assert.False(new SpanProbe<string>("a long text".AsSpan(2, 4)).Matches("text"));
        Assert.True(new SpanProbe<string>(default).Matches(string.Empty));
    }

    [Fact]
    public void An_alternate_form_matches_what_its_comparer_says()
    {
        var comparer = (IAlternateEqualityComparer<ReadOnlySpan<char>, string>)StringComparer.OrdinalIgnoreCase;

        Assert.True(new AlternateProbe<string, ReadOnlySpan<char>>("KEY", comparer).Matches("key"));
        Assert.False(new AlternateProbe<string, ReadOnlySpan<char>>("KEY", comparer).Matches("kez"));
    }
}
