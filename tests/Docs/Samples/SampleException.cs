using FastCache.Tests.Docs.Pages;

namespace FastCache.Tests.Docs.Samples;

/// <summary>Something is wrong with a sample; the message names page and line.</summary>
internal sealed class SampleException : Exception
{
    public SampleException(CodeBlock block, int lineInBlock, string message, Exception? innerException = null)
        : base($"{block.Page}:{block.Line + lineInBlock}: {message}", innerException)
    {
    }

    public SampleException(string message)
        : base(message)
    {
    }
}
