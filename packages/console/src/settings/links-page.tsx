export const LinksPage = () => <p className="p-5">x</p>
