namespace FastCache.Persistence;

/// <summary>What a record of a log says.</summary>
public enum LogRecordKind
{
    /// <summary>A key has a value.</summary>
    Put = 1,

    /// <summary>A key, known by its digest, has no value.</summary>
    Remove = 2,

    /// <summary>No key has a value.</summary>
    Clear = 3,
}
