/*
 * Signs in a plain loop of C_SignInit and C_Sign, for bin/bench to compare with: prints for each number of threads the CPU
 * microseconds that one signature costs the whole process.
 *
 *   PIN=... sign-loop MODULE TOKEN rsa|ec SIGNATURES THREADS...
 *
 * One session per thread, one login. RSA signs 75 bytes with CKM_SHA256_RSA_PKCS, EC a hash with CKM_ECDSA.
 */
#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

typedef unsigned long number;
typedef struct { number type; void *value; number length; } attribute;
typedef struct { number type; void *parameter; number length; } mechanism;

/* PKCS#11 2.40, as far as it is used here */
enum { CKM_SHA256_RSA_PKCS = 0x40, CKM_ECDSA = 0x1041, CKA_CLASS = 0, CKO_PRIVATE_KEY = 3, CKU_USER = 1, OS_LOCKING = 2, SERIAL = 4 };

static number (*sign_init)(number, mechanism *, number);
static number (*sign_data)(number, unsigned char *, number, unsigned char *, number *);

static number slot;
static number signatures_per_thread;
static mechanism how;
static number data_length;

static void check(const char *what, number result) {
  if (result != 0) {
    fprintf(stderr, "%s: 0x%lx\n", what, result);
    exit(1);
  }
}

static void *function(void *module, const char *name) {
  void *found = dlsym(module, name);
  if (found == NULL) {
    fprintf(stderr, "%s is missing\n", name);
    exit(1);
  }
  return found;
}

static number (*open_session)(number, number, void *, void *, number *);
static number (*close_session)(number);
static number (*find_init)(number, attribute *, number);
static number (*find)(number, number *, number, number *);
static number (*find_final)(number);

static number private_key(number session) {
  number class = CKO_PRIVATE_KEY, key = 0, count = 0;
  attribute query = {CKA_CLASS, &class, sizeof class};
  check("C_FindObjectsInit", find_init(session, &query, 1));
  check("C_FindObjects", find(session, &key, 1, &count));
  check("C_FindObjectsFinal", find_final(session));
  check("no private key", count == 1 ? 0 : 1);
  return key;
}

static void *work(void *unused) {
  unsigned char data[75], signature[1024];
  number session = 0;
  memset(data, 'x', sizeof data);
  check("C_OpenSession", open_session(slot, SERIAL, NULL, NULL, &session));
  number key = private_key(session);
  for (number i = 0; i < signatures_per_thread; i++) {
    number length = sizeof signature;
    check("C_SignInit", sign_init(session, &how, key));
    check("C_Sign", sign_data(session, data, data_length, signature, &length));
  }
  check("C_CloseSession", close_session(session));
  return unused;
}

static double cpu_microseconds(void) {
  struct rusage used;
  getrusage(RUSAGE_SELF, &used);
  return (used.ru_utime.tv_sec + used.ru_stime.tv_sec) * 1e6 + used.ru_utime.tv_usec + used.ru_stime.tv_usec;
}

static void run(int threads) {
  pthread_t running[256];
  for (int i = 0; i < threads; i++) {
    check("pthread_create", (number)pthread_create(&running[i], NULL, work, NULL));
  }
  for (int i = 0; i < threads; i++) {
    pthread_join(running[i], NULL);
  }
}

static void find_slot(void *module, const char *label) {
  number (*slots)(unsigned char, number *, number *) = function(module, "C_GetSlotList");
  number (*token_info)(number, void *) = function(module, "C_GetTokenInfo");
  number all[64], count = 64;
  char padded[33], info[512];
  snprintf(padded, sizeof padded, "%-32s", label);
  check("C_GetSlotList", slots(1, all, &count));
  for (number i = 0; i < count; i++) {
    if (token_info(all[i], info) == 0 && memcmp(info, padded, 32) == 0) {
      slot = all[i];
      return;
    }
  }
  check("no such token", 1);
}

int main(int argc, char **argv) {
  const char *pin = getenv("PIN");
  if (argc < 6 || pin == NULL) {
    fprintf(stderr, "Usage: PIN=... sign-loop MODULE TOKEN rsa|ec SIGNATURES THREADS...\n");
    return 2;
  }
  void *module = dlopen(argv[1], RTLD_NOW);
  if (module == NULL) {
    fprintf(stderr, "%s\n", dlerror());
    return 1;
  }
  number (*initialize)(void *) = function(module, "C_Initialize");
  number (*login)(number, number, const char *, number) = function(module, "C_Login");
  open_session = function(module, "C_OpenSession");
  close_session = function(module, "C_CloseSession");
  find_init = function(module, "C_FindObjectsInit");
  find = function(module, "C_FindObjects");
  find_final = function(module, "C_FindObjectsFinal");
  sign_init = function(module, "C_SignInit");
  sign_data = function(module, "C_Sign");

  struct { void *locks[4]; number flags; void *reserved; } arguments = {{NULL, NULL, NULL, NULL}, OS_LOCKING, NULL};
  check("C_Initialize", initialize(&arguments));
  find_slot(module, argv[2]);
  number session = 0;
  check("C_OpenSession", open_session(slot, SERIAL, NULL, NULL, &session));
  check("C_Login", login(session, CKU_USER, pin, strlen(pin)));
  int rsa = strcmp(argv[3], "rsa") == 0;
  how.type = rsa ? CKM_SHA256_RSA_PKCS : CKM_ECDSA;
  data_length = rsa ? 75 : 32;

  number signatures = strtoul(argv[4], NULL, 10);
  signatures_per_thread = signatures / 4 + 1;
  run(1);
  for (int i = 5; i < argc; i++) {
    int threads = atoi(argv[i]);
    if (threads < 1 || threads > 256) {
      return 2;
    }
    signatures_per_thread = (signatures + (number)threads - 1) / (number)threads;
    double before = cpu_microseconds();
    run(threads);
    printf("%d %.3f\n", threads, (cpu_microseconds() - before) / (double)(signatures_per_thread * (number)threads));
  }
  return 0;
}
