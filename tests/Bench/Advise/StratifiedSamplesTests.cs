using FastCache.Bench.Advise;
using FastCache.Bench.HitRate;
using Xunit;

namespace FastCache.Tests.Bench.Advise;

public sealed class StratifiedSamplesTests
{
    private const int OneIn = 10;

    private static readonly Trace Zipf = TraceGenerator.Generate(GeneratedWorkload.Zipf, capacity: 1_000, requests: 100_000, seed: 1);

    [Fact]
    public void Each_key_is_in_one_sample_with_all_its_requests_in_their_order()
    {
        StratifiedSamples samples = new(Zipf, OneIn, seed: 1);
        Trace[] all = [.. Enumerable.Range(0, OneIn).Select(samples.Take)];

        Assert.Equal(Zipf.Requests.Length, all.Sum(static sample => sample.Requests.Length));
        Assert.All(all, static sample =>
        {
            HashSet<int> keys = [.. sample.Requests];
            Assert.Equal(Zipf.Requests.Where(keys.Contains), sample.Requests);
        });
    }

    [Fact]
    public void Of_keys_that_are_asked_for_about_equally_often_each_sample_has_as_many()
    {
        StratifiedSamples samples = new(Zipf, OneIn, seed: 1);
        int[] popular = [.. Zipf.Requests.CountBy(static key => key).OrderByDescending(static pair => pair.Value).Select(static pair => pair.Key).Take(100)];

        for (int sample = 0; sample < OneIn; sample++)
        {
            HashSet<int> keys = [.. samples.Take(sample).Requests];
            Assert.InRange(popular.Count(keys.Contains), 8, 12);
        }
    }

    [Fact]
    public void Another_seed_chooses_others()
        => Assert.NotEqual(
            new StratifiedSamples(Zipf, OneIn, seed: 1).Take(0).Requests, new StratifiedSamples(Zipf, OneIn, seed: 2).Take(0).Requests);
}
