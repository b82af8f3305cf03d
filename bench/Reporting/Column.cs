namespace FastCache.Bench.Reporting;

/// <summary>A column of a <see cref="TextTable"/>: text is aligned left, figures right.</summary>
/// <param name="Width">In characters, in the text report.</param>
internal readonly record struct Column(string Header, int Width, bool IsText = false);
