export const ChatsScreen = () => <p className="p-5">Chats</p>
