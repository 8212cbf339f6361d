declare module 'asciichart' {
	interface PlotOptions {
		/** Lines of the chart, less one. */
		height?: number;
		min?: number;
		max?: number;
		/** Cells of the label and the axis. */
		offset?: number;
		padding?: string;
		colors?: string[];
		format?: (value: number, index: number) => string;
		symbols?: string[];
	}

	const asciichart: {
		plot(series: readonly number[] | ReadonlyArray<readonly number[]>, options?: PlotOptions): string;
	};
	export = asciichart;
}
