export const SitesPage = () => <p className="p-5">x</p>
