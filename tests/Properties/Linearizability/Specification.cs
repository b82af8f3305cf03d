using static FastCache.Tests.Properties.Linearizability.OperationKind;

namespace FastCache.Tests.Properties.Linearizability;

/// <summary>What calls do to one key of a cache, one after the other: the law that histories are held against.</summary>
/// <remarks>
/// <para><b>Plain.</b> A call takes effect at one moment between its begin and its end. Nothing is forgotten.</para>
/// <para><b>Eviction.</b> Where there is not room for everything, an entry may vanish at any moment, for good, and without an effect on a
/// load. Nothing else differs.</para>
/// <para><b>Clear</b> empties every key at some moment of its own, since it is documented as not atomic. It may do so more than once: it goes
/// round again if an entry was being updated.</para>
/// <para><b>Time.</b> A call looks at the clock at moments of its own, before it takes effect; so what it writes lives from one of these, and an
/// entry whose end comes during the call may count as there or not. One that had ended before the call is not there (where time is coarse:
/// before the tick in which the call began), and one that has not ended is. In precise time a read whose entry goes meanwhile may have
/// prolonged its life before, although it comes to nothing.</para>
/// <para><b>Loads</b> take effect when they begin and when they end. A key is loaded by one thread at a time, and only while it is absent.
/// Who asks for it meanwhile may join, and comes to what that load comes to. Whatever writes or removes the key, or finds nothing to write or
/// remove, makes the load out of date: nobody joins it from then on, and its value is not kept. All other values are kept.</para>
/// </remarks>
internal sealed partial class Specification(ProgramSetup setup)
{
    private const long Tick = 50;
    private readonly bool _isTimed = setup.Expiring != Expiring.Never;

    /// <summary>The progress of a call that has just become possible.</summary>
    public Progress Begin(in CacheState state)
        => _isTimed ? new Progress { HasBegun = true, Known = state.Known, Now = state.Clock } : new Progress { HasBegun = true };

    /// <summary>Adds all that may happen next of a phase that has begun.</summary>
    public void AddSteps(Phase phase, in CacheState state, in Progress progress, List<Step> steps)
    {
        Operation operation = phase.Call.Operation;
        if (progress.Joined != 0)
        {
            AddJoined(state, progress, steps);
        }
        else if (operation.Kind == Advance)
        {
            AddAdvance(operation, state, progress, steps);
        }
        else if (operation.Kind == TimeToLive && progress.Done != 0)
        {
            steps.Add(new Step(state, progress, Answer.Time(Math.Max(0, progress.End - state.Clock))));
        }
        else
        {
            if (_isTimed && progress.Now != state.Clock)
            {
                steps.Add(new Step(state, progress with { Now = state.Clock }, default));
            }

            AddEffects(phase, state, progress, steps);
        }
    }

    /// <summary>Whether a call has changed nothing, so that leaving it out cannot make a history one that is not linearizable.</summary>
    public bool HasNoEffect(Call call) => call.Operation.Kind switch
    {
        TryPeek or ContainsKey or TimeToLive or Enumerate => true,
        TryGet or Touch or GetMany => setup.AfterAccess is null,
        TryAdd or TryAddFor or TrySetExpiry => call.Answer.Kind == AnswerKind.False,
        _ => call.Operation.ConcernsNoKey || (call.Operation.IsLoad && call.FactoryRuns.Count == 0 && setup.AfterAccess is null),
    };

    private void AddEffects(Phase phase, in CacheState state, in Progress progress, List<Step> steps)
    {
        bool hasEnded = state.HasValue && state.End <= state.Clock;
        bool isKnownToHaveEnded = hasEnded && WhenKnown(state.End) <= progress.Known;
        if (state.HasValue && !isKnownToHaveEnded)
        {
            AddEffect(phase, state, state.Value, progress, steps);
            AddAccessInVain(phase, state, progress, steps);
        }

        if (!state.HasValue || hasEnded)
        {
            AddEffect(phase, state, null, progress, steps);
        }
        else if (setup.MayEvict)
        {
            AddEffect(phase, state.WithoutValue, null, progress, steps);
        }
    }

    private void AddEffect(Phase phase, in CacheState state, int? value, in Progress progress, List<Step> steps)
    {
        switch (phase.Call.Operation.Kind)
        {
            case Clear:
                AddClear(state, progress, steps);
                break;
            case Enumerate:
                AddEnumerate(phase, state, value, progress, steps);
                break;
            case TimeToLive when value is not null && state.End != Call.Never:
                steps.Add(new Step(state, progress with { Done = 1, End = state.End }, default));
                break;
            default:
                if (phase.Call.Operation.IsLoad)
                {
                    AddLoad(phase, state, value, progress, steps);
                }
                else if (TryApply(phase, state, value, progress, out CacheState after, out Answer answer))
                {
                    steps.Add(new Step(after, progress, answer));
                }

                break;
        }
    }

    /// <summary>In precise time an access has a word of its own: the entry may go between the note and the second look at it.</summary>
    private void AddAccessInVain(Phase phase, in CacheState state, in Progress progress, List<Step> steps)
    {
        Operation operation = phase.Call.Operation;
        bool isUse = operation.Kind is TryGet or Touch or GetMany || (operation.IsLoad && phase.Kind != PhaseKind.LoadEnds);
        CacheState accessed = Accessed(state, progress);
        if (setup.Expiring == Expiring.Precisely && isUse && progress.Done == 0 && accessed != state)
        {
            steps.Add(new Step(accessed, progress with { Done = 1 }, default));
        }
    }

    /// <summary>The effect of a call that has only one.</summary>
    private bool TryApply(Phase phase, in CacheState state, int? value, in Progress progress, out CacheState after, out Answer answer)
    {
        Operation operation = phase.Call.Operation;
        bool isPresent = value is not null;
        CacheState written = Written(state, operation.Value, operation, progress);
        CacheState removed = state.WithoutValue.LoadOutdated;
        answer = Answer.Of(isPresent);
        switch (operation.Kind)
        {
            case TryGet or GetMany:
                (after, answer) = (isPresent ? Accessed(state, progress) : state, Found(value));
                return true;
            case TryPeek:
                (after, answer) = (state, Found(value));
                return true;
            case ContainsKey:
                after = state;
                return true;
            case Touch:
                after = isPresent ? Accessed(state, progress) : state;
                return true;
            case TimeToLive:
                (after, answer) = (state, isPresent ? Answer.Time(Operation.Infinite) : Answer.Absent);
                return true;
            case Set or SetFor:
                (after, answer) = (written, Answer.Of(true));
                return true;
            case SetExpired:
                (after, answer) = (removed, Answer.Of(false));
                return true;
            case TryAdd or TryAddFor:
                (after, answer) = (isPresent ? state : written, Answer.Of(!isPresent));
                return true;
            case TryUpdate:
                after = isPresent ? written : state.LoadOutdated;
                return true;
            case TryUpdateIf:
                after = value == phase.Call.Compared ? written : isPresent ? state : state.LoadOutdated;
                answer = Answer.Of(value == phase.Call.Compared);
                return true;
            case AddOrUpdate:
                after = isPresent ? Written(state, operation.UpdatedValue, operation, progress) : written;
                answer = Answer.Value(isPresent ? operation.UpdatedValue : operation.Value);
                return phase.IsPending || !isPresent || phase.Call.UpdatedFrom == value;
            case OperationKind.TryRemove:
                after = removed;
                return true;
            case TryRemoveValue:
                (after, answer) = (removed, Found(value));
                return true;
            case TryRemoveIf:
                after = isPresent && value != phase.Call.Compared ? state : removed;
                answer = Answer.Of(value == phase.Call.Compared);
                return true;
            case TrySetExpiry:
                after = isPresent ? WithLife(state, operation, progress) : state;
                return true;
            case TrySetExpiryPassed:
                (after, answer) = (isPresent ? removed : state, Answer.Of(false));
                return true;
            default:
                (after, answer) = (state, Answer.Done);
                return true;
        }
    }

    private static Answer Found(int? value) => value is { } found ? Answer.Value(found) : Answer.Absent;

    private CacheState Written(in CacheState state, int value, Operation operation, in Progress progress)
        => WithLife(state, operation, progress) with { Value = value, IsLoadOutdated = state.IsLoading };

    private CacheState WithLife(in CacheState state, Operation operation, in Progress progress)
    {
        int life = (operation.HasLife ? operation.Milliseconds : setup.AfterWrite) ?? Operation.Infinite;
        return state with
        {
            Deadline = life == Operation.Infinite ? Call.Never : progress.Now + life,
            IdleLimit = setup.AfterAccess ?? 0,
            LastAccess = setup.AfterAccess is null ? 0 : progress.Now,
        };
    }

    private static CacheState Accessed(in CacheState state, in Progress progress)
        => state.IdleLimit == 0 ? state : state with { LastAccess = Math.Max(state.LastAccess, progress.Now) };

    /// <summary>The moment from which nobody takes an entry that has ended for one that has not.</summary>
    private long WhenKnown(long end)
        => setup.Expiring == Expiring.Coarsely ? (end + Tick - 1) / Tick * Tick : end;
}
