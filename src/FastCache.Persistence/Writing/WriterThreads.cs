namespace FastCache.Persistence.Writing;

/// <summary>Drives a log's writer by two threads of its own: one writes, one syncs.</summary>
/// <remarks>
/// Threads, because both block on the disk, and whoever waits for them may occupy the thread pool. What is not yet a full block is
/// written when the sync before has ended: everybody who came meanwhile shares the next one.
/// </remarks>
internal sealed class WriterThreads : IWriterDriver
{
    private readonly LogWriter _writer;
    private readonly AutoResetEvent _writeSignal = new(initialState: false);
    private readonly AutoResetEvent _syncSignal = new(initialState: false);
    private readonly Thread _writeThread;
    private readonly Thread _syncThread;
    private int _isFlushRequested;
    private int _isSyncRequested;
    private int _isSyncing;
    private int _isStopping;

    public WriterThreads(LogWriter writer)
    {
        _writer = writer;
        _writeThread = Start(Write, "FastCache log writer");
        _syncThread = Start(Sync, "FastCache log sync");
    }

    public void RequestWrite() => _writeSignal.Set();

    public void RequestFlush()
    {
        Volatile.Write(ref _isFlushRequested, 1);
        _writeSignal.Set();
    }

    public void RequestSync()
    {
        // One request at a time is enough: the thread that serves it has not looked at what is staged yet.
        if (Interlocked.Exchange(ref _isSyncRequested, 1) == 0)
        {
            _writeSignal.Set();
        }
    }

    /// <summary>Ends both threads after what they are doing.</summary>
    public ValueTask DisposeAsync()
    {
        Volatile.Write(ref _isStopping, 1);
        _writeSignal.Set();
        _syncSignal.Set();
        return new ValueTask(Task.Run(() =>
        {
            _writeThread.Join();
            _syncThread.Join();

            // The signals are left to the collector: a write that was under way may still set one.
        }));
    }

    private static Thread Start(ThreadStart loop, string name)
    {
        var thread = new Thread(loop) { IsBackground = true, Name = name };
        thread.UnsafeStart();
        return thread;
    }

    private void Write()
    {
        while (Volatile.Read(ref _isStopping) == 0)
        {
            _writeSignal.WaitOne();
            do
            {
                // Between two groups, so that a fast producer does not put off the sync.
                FlushIfRequested();
                SyncIfRequested();
            }
            while (_writer.WriteGroup());
        }
    }

    private void FlushIfRequested()
    {
        if (Interlocked.Exchange(ref _isFlushRequested, 0) != 0)
        {
            _writer.WriteAll();
        }
    }

    private void SyncIfRequested()
    {
        if (Volatile.Read(ref _isSyncRequested) != 0 && Interlocked.Exchange(ref _isSyncing, 1) == 0)
        {
            // Whoever asks from here on asks again.
            Interlocked.Exchange(ref _isSyncRequested, 0);
            _writer.WriteAll();
            _syncSignal.Set();
        }
    }

    private void Sync()
    {
        while (true)
        {
            _syncSignal.WaitOne();
            if (Volatile.Read(ref _isStopping) != 0)
            {
                return;
            }

            _writer.Sync();
            Interlocked.Exchange(ref _isSyncing, 0);
            if (Volatile.Read(ref _isSyncRequested) != 0)
            {
                _writeSignal.Set();
            }
        }
    }
}
