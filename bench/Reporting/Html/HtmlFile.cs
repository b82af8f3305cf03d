using System.Text;

namespace FastCache.Bench.Reporting.Html;

/// <summary>
/// The file that a page goes to, open from before the first measurement: what cannot be written is known then. What was
/// there stays until there is something to take its place.
/// </summary>
internal sealed class HtmlFile : IDisposable
{
    private readonly string _path;
    private readonly FileStream _stream;
    private readonly bool _isNew;
    private bool _isWritten;

    private HtmlFile(string path)
    {
        _path = Path.GetFullPath(path);
        _isNew = !File.Exists(_path);
        _stream = new FileStream(_path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read);
    }

    /// <param name="path">Where it is to be.</param>
    /// <param name="refusal">Why it cannot be written; empty if it can.</param>
    public static HtmlFile? Open(string path, out string refusal)
    {
        try
        {
            refusal = "";
            return new HtmlFile(path);
        }
        catch (Exception exception) when (IsRefusal(exception))
        {
            refusal = exception.Message;
            return null;
        }
    }

    /// <returns>Whether it is written.</returns>
    public bool TryWrite(string page, out string refusal)
    {
        try
        {
            if (_stream.CanSeek)
            {
                _stream.SetLength(0);
            }

            _stream.Write(Encoding.UTF8.GetBytes(page));
            _stream.Flush();
            refusal = "";
            return _isWritten = true;
        }
        catch (Exception exception) when (IsRefusal(exception))
        {
            refusal = exception.Message;
            return false;
        }
    }

    public void Dispose()
    {
        _stream.Dispose();
        if (_isNew && !_isWritten)
        {
            File.Delete(_path);
        }
    }

    // An argument is refused for characters that no path has.
    private static bool IsRefusal(Exception exception) => exception is IOException or UnauthorizedAccessException or ArgumentException;
}
