namespace FastCache.Persistence.Writing;

/// <summary>Drives a log's writer by three threads of its own: one writes full blocks, one whatever is to be synced, and syncs; one does the upkeep.</summary>
/// <remarks>
/// Threads, because both block on the disk, and whoever waits for them may occupy the thread pool. Full blocks are written during a
/// sync; what is not yet one is written when the sync has ended: everybody who came meanwhile shares the next one. Who waits for a
/// sync wakes one thread, and that one does all of it.
/// </remarks>
internal sealed class WriterThreads : IWriterDriver
{
    private readonly LogWriter _writer;
    private readonly AutoResetEvent _writeSignal = new(initialState: false);
    private readonly AutoResetEvent _syncSignal = new(initialState: false);
    private readonly AutoResetEvent _upkeepSignal = new(initialState: false);
    private readonly Thread _writeThread;
    private readonly Thread _syncThread;
    private readonly Thread _upkeepThread;
    private int _isFlushRequested;
    private int _isSyncRequested;
    private int _isStopping;

    public WriterThreads(LogWriter writer)
    {
        _writer = writer;
        _writeThread = Start(Write, "FastCache log writer");
        _syncThread = Start(Sync, "FastCache log sync");
        _upkeepThread = Start(Upkeep, "FastCache log upkeep");
    }

    public void RequestWrite() => _writeSignal.Set();

    public void RequestFlush()
    {
        Volatile.Write(ref _isFlushRequested, 1);
        _writeSignal.Set();
    }

    public void RequestUpkeep() => _upkeepSignal.Set();

    public void RequestSync()
    {
        // One request at a time is enough: the thread that serves it has not looked at what is staged yet.
        if (Interlocked.Exchange(ref _isSyncRequested, 1) == 0)
        {
            _syncSignal.Set();
        }
    }

    /// <summary>Ends the threads after what they are doing.</summary>
    public ValueTask DisposeAsync()
    {
        Volatile.Write(ref _isStopping, 1);
        _writeSignal.Set();
        _syncSignal.Set();
        _upkeepSignal.Set();
        return new ValueTask(Task.Run(() =>
        {
            // The last one may wait for the others.
            _upkeepThread.Join();
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
            if (Interlocked.Exchange(ref _isFlushRequested, 0) != 0)
            {
                _writer.WriteAll();
            }

            while (_writer.WriteGroup())
            {
                // In between, whoever syncs has a chance to write.
                if (_writer.WantsSync)
                {
                    RequestSync();
                }
            }

            if (_writer.Upkeep is { IsDue: true })
            {
                _upkeepSignal.Set();
            }
        }
    }

    private void Upkeep()
    {
        while (Volatile.Read(ref _isStopping) == 0)
        {
            _upkeepSignal.WaitOne();
            if (Volatile.Read(ref _isStopping) == 0)
            {
                _writer.Upkeep?.Run();
            }
        }
    }

    private void Sync()
    {
        while (Volatile.Read(ref _isStopping) == 0)
        {
            _syncSignal.WaitOne();

            // Whoever asks from here on asks again.
            if (Interlocked.Exchange(ref _isSyncRequested, 0) != 0)
            {
                _writer.WriteAll();
                _writer.Sync();
            }
        }
    }
}
