using Microsoft.Extensions.Primitives;

namespace FastCache.Tests.Extensions.TestTypes;

/// <summary>A change token that changes when a test says so, and knows who waits for it.</summary>
internal sealed class ManualToken(bool isActive = true) : IChangeToken
{
    private readonly Lock _gate = new();
    private readonly List<Registration> _registrations = [];

    /// <summary>Without telling those who wait.</summary>
    public bool HasChanged { get; set; }

    public bool ActiveChangeCallbacks { get; } = isActive;

    /// <summary>Whether it changes as soon as somebody waits for it.</summary>
    public bool ChangesWhenRegistered { get; init; }

    /// <summary>Those who wait now.</summary>
    public int Waiting
    {
        get
        {
            lock (_gate)
            {
                return _registrations.Count;
            }
        }
    }

    /// <summary>All who have ever waited.</summary>
    public int Registered { get; private set; }

    public void Change()
    {
        HasChanged = true;
        Registration[] waiting;
        lock (_gate)
        {
            waiting = [.. _registrations];
        }

        foreach (Registration registration in waiting)
        {
            registration.Call();
        }
    }

    public IDisposable RegisterChangeCallback(Action<object?> callback, object? state)
    {
        var registration = new Registration(this, callback, state);
        lock (_gate)
        {
            Registered++;
            _registrations.Add(registration);
        }

        if (ChangesWhenRegistered)
        {
            Change();
        }

        return registration;
    }

    private sealed class Registration(ManualToken token, Action<object?> callback, object? state) : IDisposable
    {
        public void Call() => callback(state);

        public void Dispose()
        {
            lock (token._gate)
            {
                token._registrations.Remove(this);
            }
        }
    }
}
