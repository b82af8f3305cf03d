namespace FastCache.Mutants;

/// <summary>Tests of one project.</summary>
/// <param name="Project">The project's folder, from the root of the repository.</param>
/// <param name="Methods">Their names, qualified; a star stands for anything at the beginning and at the end.</param>
internal sealed record TestFilter(string Project, string Methods);
