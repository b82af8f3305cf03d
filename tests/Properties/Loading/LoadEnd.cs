namespace FastCache.Tests.Properties.Loading;

internal enum LoadEndKind
{
    Value,
    Failure,

    /// <summary>Cancelled because somebody gave up: the others load anew.</summary>
    Cancelled,

    /// <summary>Cancelled for no reason that is known: a failure like any other.</summary>
    Dropped,

    /// <summary>The load would have waited for itself.</summary>
    Circle,

    /// <summary>A load of several keys has brought no value for this one.</summary>
    Missing,
}

/// <summary>How a load, or a factory, ended.</summary>
internal readonly record struct LoadEnd(LoadEndKind Kind, int Number = 0)
{
    public bool HandsOver => Kind is LoadEndKind.Cancelled or LoadEndKind.Missing;

    public static string Describe(Exception fault) => fault switch
    {
        InvalidDataException => new LoadEnd(LoadEndKind.Failure, int.Parse(fault.Message, null)).ToString(),
        OperationCanceledException => new LoadEnd(LoadEndKind.Cancelled).ToString(),
        InvalidOperationException => new LoadEnd(LoadEndKind.Circle).ToString(),
        _ => fault.ToString(),
    };

    /// <summary>What a caller sees of it.</summary>
    public override string ToString() => Kind switch
    {
        LoadEndKind.Value => $"value {Number}",
        LoadEndKind.Failure => $"failure {Number}",
        LoadEndKind.Cancelled or LoadEndKind.Dropped => "cancelled",
        LoadEndKind.Circle => "circle",
        _ => "missing",
    };
}
