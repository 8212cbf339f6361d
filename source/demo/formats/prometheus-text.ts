/** The Prometheus text format as Go's client library writes it. */

/** A number: whole ones below a million plainly, all others with as many digits as it takes and an exponent of two. */
export function prometheusNumber(value: number): string {
	if (value === 0) return '0';
	const [digits = '', power = '0'] = value.toExponential().split('e');
	const exponent = Number(power);
	if (exponent >= -4 && exponent < 6) {
		return String(value);
	}
	return `${digits}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
}

export interface Series {
	name: string;
	help: string;
	type: 'counter' | 'gauge';
}

export type Labels = Readonly<Record<string, string>>;

function escaped(value: string): string {
	return value.replace(/\\/g, '\\\\').replace(/\n/g, '\\n').replace(/"/g, '\\"');
}

/** Collects samples and writes them by the names of their series, each series in the order of its labels. */
export class PrometheusText {
	readonly #series = new Map<string, { series: Series; lines: { key: string; line: string }[] }>();

	/** @param at ms since 1970; left out if undefined */
	add(series: Series, labels: Labels, value: number, at?: number): void {
		let entry = this.#series.get(series.name);
		if (!entry) {
			entry = { series, lines: [] };
			this.#series.set(series.name, entry);
		}
		const names = Object.keys(labels).sort();
		const text = names.map((name) => `${name}="${escaped(labels[name] ?? '')}"`).join(',');
		const time = at === undefined ? '' : ` ${at}`;
		entry.lines.push({
			key: names.map((name) => labels[name]).join('\u0000'),
			line: `${series.name}${text === '' ? '' : `{${text}}`} ${prometheusNumber(value)}${time}\n`,
		});
	}

	toString(): string {
		const all = [...this.#series.values()].sort((first, second) => compare(first.series.name, second.series.name));
		return all
			.map(({ series: { name, help, type }, lines }) => {
				lines.sort((first, second) => compare(first.key, second.key));
				return `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${lines.map(({ line }) => line).join('')}`;
			})
			.join('');
	}
}

const compare = (first: string, second: string): number => (first < second ? -1 : first > second ? 1 : 0);
