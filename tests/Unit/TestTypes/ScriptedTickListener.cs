using FastCache.Expiration;

namespace FastCache.Tests.Unit.TestTypes;

/// <summary>A listener that notes the ticks it is told, and does what a test tells it to.</summary>
internal sealed class ScriptedTickListener(Action? onTick = null) : ITickListener
{
    public List<long> Ticks { get; } = [];

    public void OnTick(long tick)
    {
        Ticks.Add(tick);
        onTick?.Invoke();
    }
}
