using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Outrigger.Core.Results;

/// <summary>
/// A value, or every mistake that kept it from being made. Expected failure travels in this type; an exception is a bug or I/O.
/// </summary>
public sealed class Result<T>
    where T : class
{
    private readonly T? _value;

    internal Result(T? value, ImmutableArray<Problem> problems)
    {
        _value = value;
        Problems = problems;
    }

    /// <summary>All mistakes; empty exactly where there is a value.</summary>
    public ImmutableArray<Problem> Problems { get; }

    /// <summary>Whether there is a value.</summary>
    public bool IsOk => _value is not null;

    /// <summary>The value.</summary>
    /// <exception cref="InvalidOperationException">There is none: the caller did not look at <see cref="IsOk"/>.</exception>
    public T Value => _value ?? throw new InvalidOperationException("no value: " + string.Join("; ", Problems));

    /// <summary>True with the value, or false.</summary>
    public bool TryGet([NotNullWhen(true)] out T? value) => (value = _value) is not null;
}

/// <summary>Makes results.</summary>
public static class Result
{
    /// <summary>A result that holds a value.</summary>
    public static Result<T> Ok<T>(T value)
        where T : class => new(value, []);

    /// <summary>A result that holds mistakes.</summary>
    /// <exception cref="ArgumentException"><paramref name="problems"/> is empty.</exception>
    public static Result<T> Fail<T>(params IEnumerable<Problem> problems)
        where T : class
    {
        ImmutableArray<Problem> all = [.. problems];
        return all.IsEmpty ? throw new ArgumentException("a failure names its problems", nameof(problems)) : new(null, all);
    }

    /// <summary>The value where nothing is wrong, else the mistakes.</summary>
    public static Result<T> Of<T>(Func<T> value, IReadOnlyCollection<Problem> problems)
        where T : class => problems.Count == 0 ? Ok(value()) : Fail<T>(problems);
}
