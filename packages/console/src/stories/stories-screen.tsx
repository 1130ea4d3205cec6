export const StoriesScreen = () => <p className="p-5">x</p>
