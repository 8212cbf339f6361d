/** The lists of the monitor, and how the sources behind them stand: words that the data host, the screen and the messages share. */

export type ListName = 'nodes' | 'pods' | 'containers' | 'processes' | 'diagnostics';

export type SourceState = 'starting' | 'live' | 'stale' | 'failing' | 'absent' | 'forbidden';
