/*
 * A PKCS#11 module that passes everything on to another one and fails where a test tells it to.
 * Each copy of the library is a module of its own; shim_open() names the module behind it.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <pthread.h>
#include <stdatomic.h>
#include <string.h>

typedef unsigned long ulong;
typedef ulong (*any)();

enum { FUNCTIONS = 68 };

struct list {
  unsigned char version[2];
  any functions[FUNCTIONS];
};

/* where functions stand in CK_FUNCTION_LIST */
enum {
  Initialize = 0,
  GetSlotList = 4,
  GetSlotInfo = 5,
  GetTokenInfo = 6,
  GetMechanismInfo = 8,
  OpenSession = 12,
  CloseSession = 13,
  CloseAllSessions = 14,
  GetSessionInfo = 15,
  Login = 18,
  Logout = 19,
  GetAttributeValue = 24,
  FindObjectsInit = 26,
  SignInit = 42,
  Sign = 43,
  PassedSign = Sign
};

struct fault {
  ulong result;
  long times; /* negative: for ever */
  int hangs;     /* so many calls; negative: all */
  long releases; /* how often those that hang were let go on */
  int after; /* the real function is called, and its result thrown away */
};

static struct list *real;
static struct list shown;
static struct fault faults[FUNCTIONS];
static ulong flags;
static ulong most_sessions;
static int is_another;
static int spoils;
static long calls[FUNCTIONS];
static long sessions;
static long closed_in_vain; /* sessions that were none, or none any more */
static int hanging;
static long gone_on; /* how many hung and do no more */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;

/* Held to log out alone: a SoftHSM that is logged out in the middle of a signature answers
   CKR_GENERAL_ERROR, as if it were broken. */
static pthread_rwlock_t inside = PTHREAD_RWLOCK_WRITER_NONRECURSIVE_INITIALIZER_NP;

/* What a call of a function is to return; 0 if it is to be passed on. */
static ulong fault(int function, int *after) {
  ulong result = 0;
  pthread_mutex_lock(&lock);
  calls[function]++;
  *after = 0;
  if (faults[function].hangs) {
    if (faults[function].hangs > 0) faults[function].hangs--;
    long before = faults[function].releases;
    hanging++;
    while (faults[function].releases == before) pthread_cond_wait(&changed, &lock);
    hanging--;
    gone_on++;
    pthread_cond_broadcast(&changed);
  }
  if (faults[function].times != 0) {
    if (faults[function].times > 0) faults[function].times--;
    result = faults[function].result;
    *after = faults[function].after;
  }
  pthread_mutex_unlock(&lock);
  return result;
}

static void count(long more) {
  pthread_mutex_lock(&lock);
  sessions += more;
  pthread_mutex_unlock(&lock);
}

#define PASS(function, parameters, arguments)                  \
  static ulong shim_##function parameters {                    \
    int after;                                                 \
    ulong result = fault(function, &after);                    \
    if (result && !after) return result;                       \
    pthread_rwlock_rdlock(&inside);                            \
    ulong passed = real->functions[function] arguments;        \
    pthread_rwlock_unlock(&inside);                            \
    return result ? result : passed;                           \
  }

PASS(Initialize, (void *arguments), (arguments))
PASS(GetSlotList, (unsigned char present, void *slots, void *count), (present, slots, count))
PASS(GetSlotInfo, (ulong slot, void *info), (slot, info))
PASS(GetMechanismInfo, (ulong slot, ulong type, void *info), (slot, type, info))
PASS(GetSessionInfo, (ulong session, void *info), (session, info))
PASS(Login, (ulong session, ulong user, void *pin, ulong length), (session, user, pin, length))
PASS(GetAttributeValue, (ulong session, ulong object, void *attributes, ulong n),
     (session, object, attributes, n))
PASS(FindObjectsInit, (ulong session, void *attributes, ulong n), (session, attributes, n))
PASS(SignInit, (ulong session, void *mechanism, ulong key), (session, mechanism, key))
PASS(PassedSign, (ulong session, void *data, ulong length, unsigned char *signature, ulong *size),
     (session, data, length, signature, size))

static ulong shim_Sign(ulong session, void *data, ulong length, unsigned char *signature,
                       ulong *size) {
  ulong result = shim_PassedSign(session, data, length, signature, size);
  if (result == 0 && spoils && signature) signature[*size - 1] ^= 1;
  return result;
}

/* Ends the login when nothing is being signed. */
static ulong log_out(ulong session) {
  pthread_rwlock_wrlock(&inside);
  ulong result = real->functions[Logout](session);
  pthread_rwlock_unlock(&inside);
  return result;
}

static ulong shim_Logout(ulong session) {
  int after;
  ulong result = fault(Logout, &after);
  if (result && !after) return result;
  ulong passed = log_out(session);
  return result ? result : passed;
}

static ulong shim_GetTokenInfo(ulong slot, void *info) {
  int after;
  ulong result = fault(GetTokenInfo, &after);
  if (result) return result;
  result = real->functions[GetTokenInfo](slot, info);
  if (result) return result;
  *(ulong *)((char *)info + 96) |= flags;
  if (most_sessions) *(ulong *)((char *)info + 96 + 3 * sizeof(ulong)) = most_sessions;
  if (is_another) *((char *)info + 80) ^= 1; /* its serial number */
  return result;
}

static ulong shim_OpenSession(ulong slot, ulong how, void *a, void *b, void *session) {
  int after;
  ulong result = fault(OpenSession, &after);
  if (result) return result;
  result = real->functions[OpenSession](slot, how, a, b, session);
  if (result == 0) count(1);
  return result;
}

static ulong shim_CloseSession(ulong session) {
  int after;
  ulong result = fault(CloseSession, &after);
  if (result) return result;
  result = real->functions[CloseSession](session);
  if (result == 0)
    count(-1);
  else
    closed_in_vain++;
  return result;
}

static ulong shim_CloseAllSessions(ulong slot) {
  pthread_rwlock_wrlock(&inside);
  ulong result = real->functions[CloseAllSessions](slot);
  pthread_rwlock_unlock(&inside);
  if (result == 0) sessions = 0;
  return result;
}

ulong C_GetFunctionList(void **list) {
  *list = &shown;
  return 0;
}

/* Loads the module behind; 0 if it could. */
int shim_open(const char *path) {
  void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
  if (!library) return 1;
  any list = (any)dlsym(library, "C_GetFunctionList");
  if (!list || list(&real)) return 2;
  memcpy(&shown, real, sizeof shown);
#define SHOW(function) shown.functions[function] = (any)shim_##function
  SHOW(Initialize);
  SHOW(GetSlotList);
  SHOW(GetSlotInfo);
  SHOW(GetTokenInfo);
  SHOW(GetMechanismInfo);
  SHOW(OpenSession);
  SHOW(CloseSession);
  SHOW(CloseAllSessions);
  SHOW(GetSessionInfo);
  SHOW(Login);
  SHOW(Logout);
  SHOW(GetAttributeValue);
  SHOW(FindObjectsInit);
  SHOW(SignInit);
  SHOW(Sign);
  return 0;
}

/* A function returns this so many times; negative: for ever; 0: no more. */
void shim_fail(int function, ulong result, long times, int after) {
  pthread_mutex_lock(&lock);
  faults[function].result = result;
  faults[function].times = times;
  faults[function].after = after;
  pthread_mutex_unlock(&lock);
}

/* So many calls of a function do not return; negative: all; 0: none, and those that hang go on. */
void shim_hang(int function, int hangs) {
  pthread_mutex_lock(&lock);
  faults[function].hangs = hangs;
  if (!hangs) faults[function].releases++;
  pthread_cond_broadcast(&changed);
  pthread_mutex_unlock(&lock);
}

/* The one that hangs goes on; whoever comes next hangs. */
void shim_release(int function) {
  pthread_mutex_lock(&lock);
  long before = gone_on;
  faults[function].releases++;
  pthread_cond_broadcast(&changed);
  while (gone_on == before) pthread_cond_wait(&changed, &lock);
  pthread_mutex_unlock(&lock);
}

/* Flags that the token has besides its own. */
void shim_flags(ulong more) { flags = more; }

/* How many sessions for reading and writing the token says that it allows; 0: what it says itself. */
void shim_most_sessions(ulong most) { most_sessions = most; }

/* Whether another token is where this one was. */
void shim_is_another(int yes) { is_another = yes; }

/* Whether signatures are of no use. */
void shim_spoils(int yes) { spoils = yes; }

/* Ends all sessions on a slot, and with them the login, as a token does that was away. */
ulong shim_lose_sessions(ulong slot) { return shim_CloseAllSessions(slot); }

/* Ends the login alone. */
ulong shim_log_out(ulong slot) {
  ulong session;
  ulong result = real->functions[OpenSession](slot, 4UL, (void *)0, (void *)0, &session);
  if (result) return result;
  result = log_out(session);
  real->functions[CloseSession](session);
  return result;
}

long shim_sessions(void) { return sessions; }
long shim_closed_in_vain(void) { return closed_in_vain; }
long shim_calls(int function) { return calls[function]; }
int shim_hanging(void) { return hanging; }
