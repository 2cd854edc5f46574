namespace RenderFarm.MediaPipe;

/// <summary>The points a detector's rows refer to: centres of the cells of one or more grids over the input square, 0 to 1.</summary>
internal static class AnchorGrid
{
    /// <summary>Row by row, x fastest; each cell's centre as often as the grid has anchors per cell.</summary>
    public static (double X, double Y)[] Centres(params ReadOnlySpan<(int CellsPerSide, int AnchorsPerCell)> grids)
    {
        List<(double, double)> centres = [];
        foreach ((int cells, int perCell) in grids)
        {
            for (int cell = 0; cell < cells * cells; cell++)
            {
                (double, double) centre = (((cell % cells) + 0.5) / cells, ((cell / cells) + 0.5) / cells);
                centres.AddRange(Enumerable.Repeat(centre, perCell));
            }
        }

        return [.. centres];
    }
}
