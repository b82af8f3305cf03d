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

    /// <summary>No key has a value that was put with a tag: see <see cref="Cache{TKey, TValue}.RemoveByTag"/>.</summary>
    RemoveTag = 4,

    /// <summary>No key that begins with a text has a value: see <see cref="StringKeyCacheExtensions.RemoveByPrefix"/>.</summary>
    RemovePrefix = 5,

    /// <summary>No key that follows a pattern has a value: see <see cref="StringKeyCacheExtensions.RemoveByPattern"/>.</summary>
    RemovePattern = 6,
}
