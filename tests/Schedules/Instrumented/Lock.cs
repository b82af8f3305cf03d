using FastCache.Tests.Schedules.Search;

namespace System.Threading;

/// <summary>Stands in for the framework's lock, so that a thread of a schedule that has to wait gives way to the others.</summary>
internal sealed class Lock
{
    // Against the threads of other searches, which run at the same time: some locks are the process's.
    private readonly object _real = new();

    private volatile ScheduledThread? _owner;

    public Scope EnterScope()
    {
        ScheduledThread? thread = ScheduledThread.Current;
        thread?.WaitUntil(() => !thread.IsTogetherWith(_owner), new Access("lock", "", 0));
        Monitor.Enter(_real);
        _owner = thread;

        // Whoever takes a lock sees what was done under it before.
        thread?.View?.FullFence();
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
            _thread?.View?.FullFence();
            _taken._owner = null;
            Monitor.Exit(_taken._real);
        }
    }
}
