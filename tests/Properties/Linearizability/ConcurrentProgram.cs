using System.Text;

namespace FastCache.Tests.Properties.Linearizability;

/// <summary>A cache and what threads do with it at the same time. Prints as C#.</summary>
internal sealed record ConcurrentProgram(ProgramSetup Setup, IReadOnlyList<IReadOnlyList<Operation>> Threads)
{
    public int Length => Threads.Sum(operations => operations.Count);

    public override string ToString()
    {
        var text = new StringBuilder().AppendLine().AppendLine($"{Setup}");
        for (int key = 0; key < Setup.Keys; key++)
        {
            if (Setup.IsPrefilled(key))
            {
                text.AppendLine($"cache.Set({key}, {ProgramSetup.PrefilledValue(key)});");
            }
        }

        for (int thread = 0; thread < Threads.Count; thread++)
        {
            text.AppendLine($"// thread {thread}");
            foreach (Operation operation in Threads[thread])
            {
                text.AppendLine($"{operation}");
            }
        }

        return text.ToString();
    }
}
