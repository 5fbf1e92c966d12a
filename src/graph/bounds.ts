// "Start narrow": where a graph becomes a warning. The rule graph-scope says the same of graphs in a cluster.

/** A graph with more children couples things that change at different times. */
export const MAX_CHILDREN = 12

/** Graphs in a row, each one's child the next one's root. */
export const MAX_DEPTH = 3
