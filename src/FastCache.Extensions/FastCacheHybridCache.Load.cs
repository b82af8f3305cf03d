using System.Runtime.CompilerServices;
using FastCache.Extensions.Hybrid;
using Microsoft.Extensions.Caching.Hybrid;

namespace FastCache.Extensions;

public sealed partial class FastCacheHybridCache
{
    /// <summary>Reads what there is in the process. False: the call goes on, and knows what was found and is of no use.</summary>
    private bool TryGetLocal<T>(
        ReadOnlySpan<char> key, HybridCacheEntryOptions? options, CancellationToken cancellationToken, out ValueTask<T> value, out LocalItem? found)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            found = null;
            value = ValueTask.FromCanceled<T>(cancellationToken);
            return true;
        }

        HybridCacheEntryFlags flags = FlagsOf(options);
        if ((flags & HybridCacheEntryFlags.DisableLocalCacheRead) != 0 || !_byCharacters.TryGetOrLoad(key, out found))
        {
            found = null;
            value = default;
            return false;
        }

        if (found is ObjectItem<T> shared && shared.Moments.Length == 0)
        {
            value = new ValueTask<T>(shared.Value);
            return true;
        }

        return TryServe(found, flags, cancellationToken, out value);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TryServe<T>(LocalItem found, HybridCacheEntryFlags flags, CancellationToken cancellationToken, out ValueTask<T> value)
    {
        value = default;
        LocalState state = StateOf(found, flags);
        if (found is not LocalItem<T> item || state != LocalState.Current)
        {
            return false;
        }

        value = ValueOf(item);
        return true;
    }

    private LocalState StateOf(LocalItem item, HybridCacheEntryFlags flags)
    {
        if (item.Moments.Length == 0)
        {
            return LocalState.Current;
        }

        // Who does not read the second level is served by what is known.
        return (flags & HybridCacheEntryFlags.DisableDistributedCacheRead) == 0 ? _moments!.StateOf(item)
            : TagMoments.IsOutdated(item.Stamp, item.Moments) ? LocalState.Outdated
            : LocalState.Current;
    }

    /// <summary>The value of an item, for one caller.</summary>
    private ValueTask<T> ValueOf<T>(LocalItem<T> item)
    {
        try
        {
            return new ValueTask<T>(item.GetValue());
        }
        catch (Exception fault)
        {
            HybridCacheLog.DeserializationFailed(_surroundings.Logger, fault, typeof(T));
            return ValueTask.FromException<T>(fault);
        }
    }

    private ValueTask<T> GetOrLoadAsync<TState, T>(
        string? key,
        TState state,
        Func<TState, CancellationToken, ValueTask<T>> factory,
        HybridCacheEntryOptions? options,
        IEnumerable<string>? tags,
        LocalItem? found,
        CancellationToken cancellationToken)
    {
        if (!_keepsEntries || !IsUsable(key))
        {
            return (FlagsOf(options) & HybridCacheEntryFlags.DisableUnderlyingData) == 0 ? factory(state, cancellationToken) : default;
        }

        EntryRequest request = RequestOf(key, options, tags);
        var call = new HybridCall<TState, T>(this, request, state, factory, _second is null ? 0 : _clock.NextWrite());
        if (found is not null)
        {
            return GetAnewAsync(call, found, cancellationToken);
        }

        ValueTask<LocalItem> loading = LoadAsync(call, cancellationToken);
        if (!loading.IsCompletedSuccessfully)
        {
            return AwaitAsync(loading, call, cancellationToken);
        }

        LocalItem made = loading.Result;
        return made is LocalItem<T> item ? ValueOf(item) : AwaitAsync(new ValueTask<LocalItem>(made), call, cancellationToken);
    }

    private ValueTask<LocalItem> LoadAsync<TState, T>(in HybridCall<TState, T> call, CancellationToken cancellationToken)
        => call.Request.IsPlain
            ? _local.GetOrAddAsync(
                call.Request.Key, static (context, call) => call.Cache.MakePlainAsync(context, call), call, options: null, cancellationToken)
            : LoadApartAsync(call, isReload: false, cancellationToken);

    /// <summary>Loads with those who ask for the same in the same way.</summary>
    private ValueTask<LocalItem> LoadApartAsync<TState, T>(in HybridCall<TState, T> call, bool isReload, CancellationToken cancellationToken)
    {
        var flight = new FlightKey(call.Request.Key, call.Request.Flags, typeof(T), isReload);
        return _flights.GetOrAddAsync(
            flight,
            static (context, call) => call.Cache.MakeApartAsync(context, call),
            call with { Flight = flight },
            options: null,
            cancellationToken);
    }

    private async ValueTask<T> AwaitAsync<TState, T>(ValueTask<LocalItem> loading, HybridCall<TState, T> call, CancellationToken cancellationToken)
    {
        LocalItem item = await loading.ConfigureAwait(false);
        if (item is not LocalItem<T> && item is not AbsentItem)
        {
            // Somebody else asks for another type under the same key.
            item = await LoadApartAsync(call, isReload: false, cancellationToken).ConfigureAwait(false);
        }
        else if (item.Stamp < call.Asked && await IsOverAsync(item, call.Request.ReadsSecond, cancellationToken).ConfigureAwait(false))
        {
            // Its load had begun before this call, and another process has removed it by tag since: perhaps before this call, too.
            item = await LoadApartAsync(call, isReload: true, cancellationToken).ConfigureAwait(false);
        }

        return item is LocalItem<T> typed ? await ValueOf(typed).ConfigureAwait(false) : default!;
    }

    private async ValueTask<bool> IsOverAsync(LocalItem item, bool confirms, CancellationToken cancellationToken)
    {
        if (confirms && item.Moments.Length > 0)
        {
            await _moments!.ConfirmAsync(item.Moments, cancellationToken).ConfigureAwait(false);
        }

        return TagMoments.IsOutdated(item.Stamp, item.Moments);
    }

    /// <summary>Goes on with a local copy that may be of no use.</summary>
    private async ValueTask<T> GetAnewAsync<TState, T>(HybridCall<TState, T> call, LocalItem found, CancellationToken cancellationToken)
    {
        if (found is LocalItem<T> item)
        {
            if (call.Request.ReadsSecond)
            {
                await _moments!.ConfirmAsync(item.Moments, cancellationToken).ConfigureAwait(false);
            }

            if (!TagMoments.IsOutdated(item.Stamp, item.Moments))
            {
                return await ValueOf(item).ConfigureAwait(false);
            }
        }

        return await AwaitAsync(LoadApartAsync(call, isReload: true, cancellationToken), call, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<LocalItem> MakePlainAsync<TState, T>(LoadContext<string, LocalItem> context, HybridCall<TState, T> call)
    {
        MadeItem made = await MakeAsync(call, context.CancellationToken).ConfigureAwait(false);
        context.KeepsResult = made.Entry is not null;
        context.Entry = made.Entry.GetValueOrDefault();
        return made.Item;
    }

    private async ValueTask<LocalItem> MakeApartAsync<TState, T>(LoadContext<FlightKey, LocalItem> context, HybridCall<TState, T> call)
    {
        context.KeepsResult = false;
        return (await MakeAsync(call, context.CancellationToken).ConfigureAwait(false)).Item;
    }
}
