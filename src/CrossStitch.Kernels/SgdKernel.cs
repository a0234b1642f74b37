using System.Numerics;
using System.Runtime.CompilerServices;

namespace CrossStitch.Kernels;

/// <summary>Stochastic gradient descent with momentum (Sutskever et al., 2013) in one pass over memory.</summary>
internal static unsafe class SgdKernel
{
    /// <summary>
    /// Takes a step: <c>g ← scale g + decay p; v ← momentum v + g; p ← p − rate v</c>, as TorchSharp's SGD does.
    /// </summary>
    /// <param name="parameters">Receive the step.</param>
    /// <param name="gradient">The gradient.</param>
    /// <param name="velocity">v; zeros before the first step.</param>
    /// <param name="count">How many numbers.</param>
    /// <param name="rate">The learning rate.</param>
    /// <param name="momentum">How much of the velocity stays.</param>
    /// <param name="decay">L2 decay: this times the parameter is added to its gradient.</param>
    /// <param name="scale">What the gradient is multiplied by first.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Step(float* parameters, float* gradient, float* velocity, long count, float rate, float momentum, float decay, float scale)
    {
        var i = 0L;
        for (; i <= count - Vector<float>.Count; i += Vector<float>.Count)
        {
            var p = Vector.Load(parameters + i);
            var v = (Vector.Load(velocity + i) * momentum) + (Vector.Load(gradient + i) * scale) + (p * decay);
            v.Store(velocity + i);
            (p - (v * rate)).Store(parameters + i);
        }

        for (; i < count; i++)
        {
            velocity[i] = (velocity[i] * momentum) + (gradient[i] * scale) + (parameters[i] * decay);
            parameters[i] -= velocity[i] * rate;
        }
    }
}
