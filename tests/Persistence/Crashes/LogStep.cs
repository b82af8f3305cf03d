namespace FastCache.Tests.Persistence.Crashes;

/// <summary>One step of a program.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="Key">To which key.</param>
/// <param name="Size">How long the value is, or how much time passes.</param>
internal readonly record struct LogStep(LogStepKind Kind, int Key, int Size)
{
    /// <summary>What the cache calls the key.</summary>
    public string Name => LogPrograms.NameOf(Key);

    /// <summary>The tag that is meant.</summary>
    public string Tag => $"tag {Key % LogPrograms.Tags}";

    /// <summary>One tag, or two.</summary>
    public EntryOptions Tags => new() { Tags = Size % 2 == 0 ? [Tag] : [Tag, $"tag {Size % LogPrograms.Tags}"] };

    /// <summary>What half of the keys begin with.</summary>
    public string Prefix => Name[..1];

    public override string ToString()
        => $"new({nameof(LogStepKind)}.{Kind}, {Key}, {Size}),";
}
