using FastCache.Threading;
using Xunit;

namespace FastCache.Tests.Unit.Threading;

public class UnflowedContextTests
{
    [Fact]
    public void What_is_started_captures_no_context_and_its_result_is_passed_on()
    {
        ExecutionContext? captured = UnflowedContext.Call(static _ => ExecutionContext.Capture(), 0);

        Assert.Null(captured);
        Assert.Equal(42, UnflowedContext.Call(static number => number + 2, 40));
    }

    [Fact]
    public void The_context_flows_again_afterwards_even_if_the_start_has_thrown()
    {
        UnflowedContext.Call(static _ => 0, 0);
        Assert.False(ExecutionContext.IsFlowSuppressed());

        Assert.Throws<OutOfMemoryException>(() => UnflowedContext.Call<int, int>(static _ => throw new OutOfMemoryException(), 0));
        Assert.False(ExecutionContext.IsFlowSuppressed());
    }

    [Fact]
    public void A_flow_that_was_suppressed_before_stays_so()
    {
        using (ExecutionContext.SuppressFlow())
        {
            Assert.True(UnflowedContext.Call(static _ => ExecutionContext.IsFlowSuppressed(), 0));
            Assert.True(ExecutionContext.IsFlowSuppressed());
        }

        Assert.False(ExecutionContext.IsFlowSuppressed());
    }
}
