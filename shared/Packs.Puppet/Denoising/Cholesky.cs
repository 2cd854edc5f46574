namespace RenderFarm.Packs.Puppet.Denoising;

/// <summary>Solves systems with a symmetric positive definite matrix.</summary>
internal static class Cholesky
{
    /// <summary>X with A·X = B.</summary>
    /// <param name="a">n × n; left as it is.</param>
    /// <param name="b">n × m; left as it is.</param>
    public static double[,] Solve(double[,] a, double[,] b)
    {
        double[,] lower = Factor(a);
        int n = b.GetLength(0);
        double[,] x = (double[,])b.Clone();
        for (int column = 0; column < b.GetLength(1); column++)
        {
            for (int i = 0; i < n; i++)
            {
                for (int k = 0; k < i; k++)
                    x[i, column] -= lower[i, k] * x[k, column];
                x[i, column] /= lower[i, i];
            }

            for (int i = n - 1; i >= 0; i--)
            {
                for (int k = i + 1; k < n; k++)
                    x[i, column] -= lower[k, i] * x[k, column];
                x[i, column] /= lower[i, i];
            }
        }

        return x;
    }

    private static double[,] Factor(double[,] a)
    {
        int n = a.GetLength(0);
        double[,] lower = new double[n, n];
        for (int j = 0; j < n; j++)
        {
            for (int i = j; i < n; i++)
            {
                double sum = a[i, j];
                for (int k = 0; k < j; k++)
                    sum -= lower[i, k] * lower[j, k];
                if (i == j && sum <= 0)
                    throw new ArgumentException("The matrix is not positive definite.", nameof(a));
                lower[i, j] = i == j ? Math.Sqrt(sum) : sum / lower[j, j];
            }
        }

        return lower;
    }
}
