using FastCache.Tests.Schedules.Search;
using Xunit;

namespace FastCache.Tests.Schedules.Scenarios;

public sealed class ReadScenarios(ITestOutputHelper output)
{
    [Fact]
    public void A_read_sees_the_old_value_or_the_new_one_of_an_update()
        => output.WriteLine(ScheduleSearch.Explore(static () => new ReadAgainstUpdate()));

    private sealed class ReadAgainstUpdate : Scenario
    {
        private readonly Cache<int, string> _cache = new(new CacheOptions<int, string> { Capacity = 8, HashSeed = 1 });
        private string? _first;
        private string? _second;

        public ReadAgainstUpdate() => _cache.Set(1, "old");

        public override IReadOnlyList<Action> Threads =>
        [
            () =>
            {
                _cache.TryGet(1, out _first);
                _cache.TryGet(1, out _second);
            },
            () => _cache.Set(1, "new"),
        ];

        public override void AssertAtEnd()
        {
            Assert.True((_first, _second) is ("old", "old") or ("old", "new") or ("new", "new"), $"read {_first}, then {_second}");
            _cache.AssertConsistent();
            Assert.True(_cache.TryGet(1, out string? value) && value == "new");
        }

        public override void Dispose()
        {
            _cache.Dispose();
            base.Dispose();
        }
    }
}
