using Xunit;

namespace FastCache.Tests.Unit.TestTypes;

/// <summary>Where somebody stops until the test lets it pass, for good.</summary>
internal sealed class Door : IDisposable
{
    private readonly ManualResetEventSlim _reached = new();
    private readonly ManualResetEventSlim _open = new();

    public void Pass()
    {
        _reached.Set();
        _open.Wait(TestContext.Current.CancellationToken);
    }

    /// <summary>Returns when somebody stands before it.</summary>
    public void AwaitSomebody() => _reached.Wait(TestContext.Current.CancellationToken);

    public void Open() => _open.Set();

    public void Dispose()
    {
        _reached.Dispose();
        _open.Dispose();
    }
}
