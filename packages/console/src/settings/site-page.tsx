export const SitePage = () => <p className="p-5">x</p>
