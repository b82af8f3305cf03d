namespace FastCache.Extensions.Hybrid;

/// <summary>Why a key is not used.</summary>
internal enum KeyFault
{
    None,
    EmptyOrWhitespace,
    TooLong,
    ControlCharacters,
    Reserved,
}
