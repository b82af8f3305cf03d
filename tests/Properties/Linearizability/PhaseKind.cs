namespace FastCache.Tests.Properties.Linearizability;

/// <summary>The parts of a call that take effect separately.</summary>
internal enum PhaseKind
{
    Whole,

    /// <summary>Before its factory runs, a load says that the key is being loaded.</summary>
    LoadBegins,

    /// <summary>After its factory has run, it keeps the value or does not.</summary>
    LoadEnds,
}
