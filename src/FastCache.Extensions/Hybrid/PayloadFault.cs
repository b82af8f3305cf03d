namespace FastCache.Extensions.Hybrid;

/// <summary>Why a payload is not taken.</summary>
internal enum PayloadFault
{
    /// <summary>Damaged, of another version or program, of another key or type.</summary>
    NotRecognized,

    /// <summary>It was made later than can be.</summary>
    FromTheFuture,

    /// <summary>The serializer threw.</summary>
    NotDeserialized,
}
