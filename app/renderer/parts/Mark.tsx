/** Warren's mark: a burrow, two arches over one chamber. */
export function Mark(props: { readonly class?: string }) {
  return (
    <svg viewBox="0 0 32 32" class={props.class ?? 'size-6'} aria-hidden="true">
      <rect width="32" height="32" rx="8" fill="var(--accent)" />
      <g fill="none" stroke="var(--on-accent)" stroke-width="2.6" stroke-linecap="round">
        <path d="M5.500 27V16.500a10.500 10.500 0 0 1 21 0V27" />
        <path d="M11 27v-9.500a5 5 0 0 1 10 0V27" />
      </g>
      <circle cx="16" cy="23.800" r="2.300" fill="var(--on-accent)" />
    </svg>
  );
}
