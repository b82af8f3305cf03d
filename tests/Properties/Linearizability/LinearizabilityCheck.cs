using System.Text.RegularExpressions;
using FastCache.Tests.Properties.Model;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace FastCache.Tests.Properties.Linearizability;

/// <summary>Holds the histories of random programs against the specification; a failing one is shrunk and printed.</summary>
/// <remarks>
/// Threads overlap as chance has it: a program is run many times, and shorter ones of a program that has failed many times more. The
/// smallest failure seen is printed, whether or not it comes again.
/// </remarks>
internal sealed class LinearizabilityCheck(IThreads threads)
{
    /// <summary>How many programs a property draws, in place of <see cref="DefaultPrograms"/>.</summary>
    private const string ProgramsSwitch = "FASTCACHE_LINEARIZABILITY_PROGRAMS";

    /// <summary>A seed that a failure has printed, as "(seed,gamma)", to draw the same programs again.</summary>
    private const string ReplaySwitch = "FASTCACHE_LINEARIZABILITY_REPLAY";

    private const int DefaultPrograms = 150;
    private const int Repetitions = 25;
    private const int RepetitionsOfShrunk = 400;

    private NotLinearizableException? _smallest;

    public static int Programs
        => int.TryParse(Environment.GetEnvironmentVariable(ProgramsSwitch), out int programs) ? programs : DefaultPrograms;

    public void Verify<TKey, TValue, TShape>(Mix mix)
        where TKey : notnull
        where TShape : struct, IShape<TKey, TValue>
    {
        Config config = Config.QuickThrowOnFailure.WithMaxTest(Programs);
        if (Environment.GetEnvironmentVariable(ReplaySwitch) is { Length: > 0 } replay)
        {
            ulong[] seed = [.. replay.Trim('(', ')').Split(',').Select(part => ulong.Parse(part, provider: null))];
            config = config.WithReplay(seed[0], seed[1]);
        }

        try
        {
            Check.One(config, Prop.ForAll(ConcurrentPrograms.Of(mix, typeof(TKey) == typeof(string)), RunAll<TKey, TValue, TShape>));
        }
        catch (Exception fault) when (_smallest is not null)
        {
            string seed = Regex.Match(fault.Message, @"\(\d+,\d+\)").Value;
            Assert.Fail($"{_smallest.Message}{Environment.NewLine}To draw the same programs again: {ReplaySwitch}=\"{seed}\"");
        }
    }

    private void RunAll<TKey, TValue, TShape>(ConcurrentProgram program)
        where TKey : notnull
        where TShape : struct, IShape<TKey, TValue>
    {
        int repetitions = _smallest is null ? Repetitions : RepetitionsOfShrunk;
        for (int repetition = 0; repetition < repetitions; repetition++)
        {
            History history = ProgramRun<TKey, TValue, TShape>.Run(program, threads);
            if (LinearizabilityChecker.FindFault(history, program.Setup) is { } key)
            {
                var fault = new NotLinearizableException(program, history, key);
                if (_smallest is null || fault.Size.CompareTo(_smallest.Size) < 0)
                {
                    _smallest = fault;
                }

                throw fault;
            }
        }
    }
}
