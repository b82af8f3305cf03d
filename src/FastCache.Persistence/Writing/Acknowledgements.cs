namespace FastCache.Persistence.Writing;

/// <summary>Up to where the log is durable, and who waits for more of it. Thread-safe.</summary>
internal sealed class Acknowledgements(ulong durableSequence)
{
    private readonly Lock _gate = new();
    private readonly PriorityQueue<TaskCompletionSource, ulong> _waiting = new();
    private ulong _durable = durableSequence;
    private Exception? _fault;

    // What was lost, for whoever asks for it after the log has begun anew.
    private readonly List<(ulong After, ulong Through, Exception Fault)> _lost = [];
    private bool _hasLost;

    /// <summary>The last sequence that is durable.</summary>
    public ulong DurableSequence => Volatile.Read(ref _durable);

    /// <summary>Whether a sequence is durable.</summary>
    public bool IsDurable(ulong sequence) => DurableSequence >= sequence && !Volatile.Read(ref _hasLost);

    /// <summary>Completes when a sequence is durable; fails when the log has, before.</summary>
    public Task WaitAsync(ulong sequence)
    {
        lock (_gate)
        {
            foreach ((ulong after, ulong through, Exception fault) in _lost)
            {
                if (sequence > after && sequence <= through)
                {
                    return Task.FromException(fault);
                }
            }

            if (_durable >= sequence)
            {
                return Task.CompletedTask;
            }

            if (_fault is not null)
            {
                return Task.FromException(_fault);
            }

            var waiter = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Enqueue(waiter, sequence);
            return waiter.Task;
        }
    }

    /// <summary>Says that the log is durable up to a sequence, in the order of sequences.</summary>
    public void Publish(ulong durableSequence)
    {
        var reached = new List<TaskCompletionSource>();
        lock (_gate)
        {
            Volatile.Write(ref _durable, Math.Max(_durable, durableSequence));
            while (_waiting.TryPeek(out TaskCompletionSource? waiter, out ulong sequence) && sequence <= _durable)
            {
                reached.Add(waiter);
                _waiting.Dequeue();
            }
        }

        foreach (TaskCompletionSource waiter in reached)
        {
            waiter.SetResult();
        }
    }

    /// <summary>After a failure: goes on behind a sequence, which belongs to no record. What was not durable before it is lost.</summary>
    public void Resume(ulong sequence)
    {
        lock (_gate)
        {
            if (_fault is not null && sequence > _durable + 1)
            {
                _lost.Add((_durable, sequence - 1, _fault));
                Volatile.Write(ref _hasLost, true);
            }

            _fault = null;
            Volatile.Write(ref _durable, sequence);
        }
    }

    /// <summary>Says that nothing more will be durable.</summary>
    public void Fail(Exception fault)
    {
        var failed = new List<TaskCompletionSource>();
        lock (_gate)
        {
            _fault ??= fault;
            while (_waiting.TryDequeue(out TaskCompletionSource? waiter, out _))
            {
                failed.Add(waiter);
            }
        }

        foreach (TaskCompletionSource waiter in failed)
        {
            waiter.SetException(fault);
        }
    }
}
