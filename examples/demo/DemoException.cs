namespace Outrigger.Demo;

/// <summary>The demo did not go as it should; the message says how.</summary>
internal sealed class DemoException(string message, Exception? innerException = null) : Exception(message, innerException);
