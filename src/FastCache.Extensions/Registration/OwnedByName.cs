using System.Diagnostics.CodeAnalysis;

namespace FastCache.Extensions.Registration;

/// <summary>What is made for a name at its first use and kept until the end.</summary>
/// <remarks>
/// What makes it runs outside the lock, as it is the application's code, and once at a time. The attribute is what <see cref="Lazy{T}"/>
/// asks for, whose parameterless form is not used.
/// </remarks>
internal sealed class OwnedByName<TName, [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] T>
    where TName : notnull
    where T : class
{
    private readonly Lock _gate = new();
    private readonly Dictionary<TName, Lazy<T>> _made = [];
    private bool _isClosed;

    /// <summary>What there is of a name.</summary>
    /// <exception cref="ObjectDisposedException">The end has come.</exception>
    public T GetOrMake(TName name, Func<T> make)
    {
        Lazy<T>? made;
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isClosed, typeof(IFastCacheProvider));
            if (!_made.TryGetValue(name, out made))
            {
                _made.Add(name, made = new Lazy<T>(make, LazyThreadSafetyMode.ExecutionAndPublication));
            }
        }

        try
        {
            return made.Value;
        }
        catch
        {
            // The next one tries again.
            lock (_gate)
            {
                if (_made.GetValueOrDefault(name) == made)
                {
                    _made.Remove(name);
                }
            }

            throw;
        }
    }

    /// <summary>What has been made so far.</summary>
    public List<T> All()
    {
        lock (_gate)
        {
            return [.. _made.Values.Where(static made => made.IsValueCreated).Select(static made => made.Value)];
        }
    }

    /// <summary>Makes nothing more, and gives away what there is.</summary>
    public List<T> Close()
    {
        List<Lazy<T>> made;
        lock (_gate)
        {
            _isClosed = true;
            made = [.. _made.Values];
            _made.Clear();
        }

        // What is being made now is somebody's, who gets it and finds it closed.
        List<T> all = [];
        foreach (Lazy<T> one in made)
        {
            try
            {
                all.Add(one.Value);
            }
#pragma warning disable CA1031 // Whoever wanted it has been told.
            catch (Exception)
#pragma warning restore CA1031
            {
            }
        }

        return all;
    }
}
