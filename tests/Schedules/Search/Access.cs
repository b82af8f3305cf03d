namespace FastCache.Tests.Schedules.Search;

/// <summary>What a thread is about to do to shared memory, and where in the source.</summary>
internal readonly record struct Access(string Kind, string File, int Line)
{
    public override string ToString() => File.Length == 0 ? Kind : $"{Kind} {Path.GetFileName(File)}:{Line}";
}
