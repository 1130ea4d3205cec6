/** Decorative: the country's name is always written beside it. Each flag is a file of our own. */
export function Flag({ country }: { country: string | undefined }) {
  const code = country?.toLowerCase() ?? ''
  if (!/^[a-z]{2}$/.test(code)) return <span className="inline-block w-4 flex-none" aria-hidden />
  return (
    <img
      src={`${import.meta.env.BASE_URL}flags/${code}.svg`}
      alt=""
      width={16}
      height={12}
      loading="lazy"
      className="inline-block h-3 w-4 flex-none rounded-[2px] shadow-[0_0_0_0.5px_var(--line-strong)]"
      onError={(event) => {
        event.currentTarget.style.visibility = 'hidden'
      }}
    />
  )
}
