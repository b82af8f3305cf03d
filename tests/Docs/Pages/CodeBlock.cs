namespace FastCache.Tests.Docs.Pages;

/// <summary>Code in a page.</summary>
/// <param name="Page">The page's path.</param>
/// <param name="Line">The number of its first line there, from 1.</param>
/// <param name="Code">The code.</param>
internal sealed record CodeBlock(string Page, int Line, string Code);
