using FastCache.Tests.Schedules.Search;

namespace System.Threading;

/// <summary>Stands in for the framework's lock, so that a thread of a schedule that has to wait gives way to the others.</summary>
internal sealed class Lock
{
    private readonly object _real = new();
    private ScheduledThread? _owner;

    public Scope EnterScope()
    {
        ScheduledThread? thread = ScheduledThread.Current;
        if (thread is null)
        {
            Monitor.Enter(_real);
        }
        else
        {
            thread.WaitUntil(() => _owner is null, new Access("lock", "Lock.cs", 0));
            _owner = thread;
        }

        return new Scope(this, thread);
    }

    public ref struct Scope
    {
        private readonly Lock _taken;
        private readonly ScheduledThread? _thread;

        internal Scope(Lock taken, ScheduledThread? thread)
        {
            _taken = taken;
            _thread = thread;
        }

        public void Dispose()
        {
            if (_thread is null)
            {
                Monitor.Exit(_taken._real);
                return;
            }

            _thread.View?.FullFence();
            _taken._owner = null;
        }
    }
}
