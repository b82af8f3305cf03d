using System.Collections.Concurrent;
using System.Diagnostics;
using System.Reflection;
using FastCache.Table;
using FastCache.Tests.Unit.TestTypes;
using Xunit;
using Xunit.Runner.Common;
using Xunit.Sdk;
using Xunit.v3;

namespace FastCache.Tests.Unit.Product;

/// <summary>A test of the product fails if it leaves a broken cache, though it asserts nothing itself: seen by running some.</summary>
public sealed class ProductSuiteTests
{
    [Fact]
    public async Task A_test_that_leaves_a_sound_cache_passes()
        => Assert.Empty(await RunAsync(nameof(Careless.Leaves_a_sound_cache)));

    [Theory]
    [InlineData(nameof(Careless.Leaves_an_entry_without_a_tag), nameof(UnreachableException))]
    [InlineData(nameof(Careless.Leaves_a_value_of_another_key), "AllException")]
    [InlineData(nameof(Careless.Leaves_a_load), "EqualException")]
    public async Task A_test_that_leaves_a_broken_cache_fails(string test, string failure)
    {
        ITestFailed failed = Assert.Single(await RunAsync(test));

        Assert.EndsWith(failure, failed.ExceptionTypes[0], StringComparison.Ordinal);
        Assert.Contains(nameof(ProductSuite), failed.StackTraces[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_promise_is_tested_for_every_combination_that_was_selected()
    {
        List<ITestCase> cases = await FindAsync(typeof(ReadPromises), nameof(ReadPromises.What_was_set_is_found_by_an_equal_key));

        Assert.Equal(VariantsAttribute.Selection.Count(), cases.Count);
        Assert.All(VariantsAttribute.Selection, combination => Assert.Single(
            cases, test => test.TestCaseDisplayName.Contains(combination.ToString(), StringComparison.Ordinal)));
    }

    [Fact]
    public void Every_promise_is_a_test_of_a_suite_that_examines()
    {
        MethodInfo[] promises = [.. typeof(ProductSuite).Assembly.GetTypes()
            .SelectMany(static type => type.GetMethods())
            .Where(static method => method.GetCustomAttribute<VariantsAttribute>() is not null)];

        Assert.InRange(promises.Length, 25, int.MaxValue);
        Assert.All(promises, static promise => Assert.True(promise.DeclaringType!.IsSubclassOf(typeof(ProductSuite)), promise.Name));
    }

    /// <summary>Runs one test, as the runner of this one does; what has failed.</summary>
    private static async Task<IReadOnlyCollection<ITestFailed>> RunAsync(string test)
    {
        var sink = new Failures();
        await using var executor = (XunitTestFrameworkExecutor)new XunitTestFramework().GetExecutor(typeof(Careless).Assembly);
        await executor.RunTestCases(
            [.. (await FindAsync(typeof(Careless), test)).Cast<IXunitTestCase>()],
            sink,
            TestFrameworkOptions.ForExecution(new TestAssemblyConfiguration()),
            TestContext.Current.CancellationToken);
        Assert.Equal(1, sink.TestsRun);
        return sink.Failed;
    }

    private static async Task<List<ITestCase>> FindAsync(Type suite, string test)
    {
        List<ITestCase> cases = [];
        await using var discoverer = (XunitTestFrameworkDiscoverer)new XunitTestFramework().GetDiscoverer(suite.Assembly);
        await discoverer.Find(
            found =>
            {
                if (found.TestMethod!.MethodName == test)
                {
                    cases.Add(found);
                }

                return new ValueTask<bool>(true);
            },
            TestFrameworkOptions.ForDiscovery(new TestAssemblyConfiguration { PreEnumerateTheories = true }),
            [suite],
            TestContext.Current.CancellationToken);
        return cases;
    }

    private sealed class Failures : IMessageSink
    {
        private readonly ConcurrentBag<ITestFailed> _failed = [];
        private int _testsRun;

        public IReadOnlyCollection<ITestFailed> Failed => _failed;

        public int TestsRun => _testsRun;

        public bool OnMessage(IMessageSinkMessage message)
        {
            if (message is ITestFailed failed)
            {
                _failed.Add(failed);
            }

            if (message is ITestFinished)
            {
                Interlocked.Increment(ref _testsRun);
            }

            return true;
        }
    }

    /// <summary>Tests that assert nothing. Not public, so that only those above find them.</summary>
#pragma warning disable xUnit1000 // See above.
    private sealed class Careless : ProductSuite
#pragma warning restore xUnit1000
    {
        private readonly Variant<int, Note> _variant = new(
            new Combination(KeyKind.Ints, ValueKind.Reference, LimitKind.Entries, LifeKind.Forever, EvictionPolicy.Lru, SizeKind.Small));

        [Fact]
        public void Leaves_a_sound_cache() => Make(_variant).SetMany(_variant.Entries(10));

        [Fact]
        public void Leaves_an_entry_without_a_tag()
        {
            Cache<int, Note> cache = Make(_variant);
            cache.Set(1, _variant.Value(1));
            Entry<int, Note>[] entries = TableAccess.EntriesOf(cache);
            int slot = Array.FindIndex(entries, static entry => EntryVersion.IsDead(entry.Version));
            entries[slot].Version = entries.First(static entry => !EntryVersion.IsDead(entry.Version)).Version;
        }

        [Fact]
        public void Leaves_a_value_of_another_key() => Make(_variant).Set(1, _variant.Value(2));

        [Fact]
        public void Leaves_a_load()
            => _ = Make(_variant).GetOrAddAsync(1, static (_, _) => new TaskCompletionSource<Note>().Task).AsTask();
    }
}
