namespace FastCache.Tests.Properties.Linearizability;

/// <summary>What a call has come to, in numbers.</summary>
/// <param name="Kind">What sort of answer.</param>
/// <param name="Number">The value, or a time in milliseconds; 0 if there is none.</param>
internal readonly record struct Answer(AnswerKind Kind, long Number = 0)
{
    public static Answer Done => new(AnswerKind.Done);

    public static Answer Absent => new(AnswerKind.Absent);

    public static Answer Failed => new(AnswerKind.Failed);

    public static Answer Of(bool answer) => new(answer ? AnswerKind.True : AnswerKind.False);

    public static Answer Value(int value) => new(AnswerKind.Value, value);

    /// <summary>A time; null for a key that is absent.</summary>
    public static Answer Time(long? milliseconds)
        => milliseconds is { } time ? new Answer(AnswerKind.Time, time) : Absent;

    public override string ToString() => Kind switch
    {
        AnswerKind.Value => $"{Number}",
        AnswerKind.Time => $"{Number} ms",
        _ => $"{Kind}".ToLowerInvariant(),
    };
}
