using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Primitives;

namespace FastCache.Extensions.Memory;

/// <summary>The tokens and callbacks of an entry that has any.</summary>
/// <remarks>Neither tokens nor what they return are called while the lock is held.</remarks>
internal sealed class EntryAttachments
{
    private readonly Lock _gate = new();
    private List<IChangeToken>? _tokens;
    private IChangeToken[] _watched = [];
    private List<IDisposable>? _registrations;
    private List<PostEvictionCallbackRegistration>? _callbacks;
    private bool _isDetached;

    public IList<IChangeToken> Tokens => _tokens ?? Interlocked.CompareExchange(ref _tokens, [], null) ?? _tokens;

    public IList<PostEvictionCallbackRegistration> Callbacks
        => _callbacks ?? Interlocked.CompareExchange(ref _callbacks, [], null) ?? _callbacks;

    public bool HasChangedToken
    {
        get
        {
            foreach (IChangeToken token in _watched)
            {
                if (token.HasChanged)
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>Takes the tokens that there are now: readers look at them, and whoever holds the list may go on changing it.</summary>
    public void Freeze() => _watched = _tokens?.ToArray() ?? [];

    public void Attach(Action<object?> changed, object state)
    {
        foreach (IChangeToken token in _watched)
        {
            if (token.ActiveChangeCallbacks)
            {
                Keep(token.RegisterChangeCallback(changed, state));
            }
        }
    }

    /// <summary>Gives up all registrations, those that are under way included.</summary>
    /// <returns>Whether that was the first call.</returns>
    public bool Detach()
    {
        List<IDisposable>? registrations;
        lock (_gate)
        {
            if (_isDetached)
            {
                return false;
            }

            _isDetached = true;
            (registrations, _registrations) = (_registrations, null);
        }

        foreach (IDisposable registration in registrations ?? [])
        {
            registration.Dispose();
        }

        return true;
    }

    public IList<PostEvictionCallbackRegistration> TakeCallbacks() => Interlocked.Exchange(ref _callbacks, null) ?? [];

    private void Keep(IDisposable registration)
    {
        lock (_gate)
        {
            if (!_isDetached)
            {
                (_registrations ??= []).Add(registration);
                return;
            }
        }

        registration.Dispose();
    }
}
